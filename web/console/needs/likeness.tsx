import { useTranslation } from 'react-i18next'
import { Chip } from '../ui/chip'

interface Props { likeness: number; figures: number; same: boolean; twin?: boolean }

/** How much two needs have in common, in words and figures. */
export function Likeness({ likeness, figures, same, twin = false }: Props) {
  const { t } = useTranslation()
  const percent = (share: number) => Math.round(share * 100)
  return (
    <span className="words">
      {twin && <Chip tone="amber">{t('pairs.twin')}</Chip>}
      {same && <Chip tone="violet">{t('pairs.sameOrg')}</Chip>}
      <span className="muted">{t('pairs.likeness', { words: percent(likeness), figures: percent(figures) })}</span>
    </span>
  )
}
