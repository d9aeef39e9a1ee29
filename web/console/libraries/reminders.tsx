import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { day } from '../format'
import { useMay } from '../session'
import { useLibraries } from './libraries'

/** What somebody of the centre should confirm; nothing where all is well. */
export function Reminders() {
  return useMay('library:read') ? <List /> : null
}

function List() {
  const { t } = useTranslation()
  const due = useLibraries().data?.items.filter((l) => l.reminders.length > 0) ?? []
  if (due.length === 0) return null
  return (
    <section className="card" aria-label={t('lib.reminders')}>
      <h2>{t('lib.reminders')}</h2>
      <ul className="tasks">
        {due.map((l) => {
          const records = l.reminders.reduce((n, r) => n + r.records, 0)
          const oldest = l.reminders.map((r) => r.oldest_at).sort()[0] ?? ''
          return (
            <li key={l.library}>
              <Link to={`/library/${l.library}?state=stale`}>{t('lib.toConfirm', { name: t(`lib.name.${l.library}`), count: records })}</Link>
              <span className="muted">{t('lib.oldest', { day: day(oldest) })}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
