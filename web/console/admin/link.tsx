import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { day } from '../format'
import { Dialog } from '../ui/dialog'
import { Once } from './once'

/** The link of a user, shown this once. */
export function LinkShown({ made, close }: { made: Schema['UserCreated']; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('users.linkTitle', { name: made.user.name })} close={close} ok={t('close')} onOk={close}>
      <p>{t('users.linkLead', { login: made.user.login, day: day(made.expires_at) })}</p>
      <Once text={`${location.origin}/console/welcome#${made.token}`} />
    </Dialog>
  )
}
