import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog'

const keys: [keys: string[], text: string][] = [
  [['j', '↓'], 'next'], [['k', '↑'], 'previous'], [['e'], 'edit'], [['a'], 'approve'], [['r'], 'return'], [['1', '2', '3', '4', '5', '6'], 'tabs'], [['?'], 'help'],
]

/** The keys of the review page. */
export function KeysHelp({ close }: { close: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('shortcuts.title')} close={close}>
      <dl className="keys">
        {keys.map(([list, text]) => (
          <div key={text}><dt>{list.map((k) => <kbd key={k}>{k}</kbd>)}</dt><dd>{t(`shortcuts.${text}`)}</dd></div>
        ))}
      </dl>
    </Dialog>
  )
}
