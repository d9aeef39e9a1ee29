import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../api/client'
import { Dialog } from '../ui/dialog'
import { FollowUp } from './follow-up'
import { GiveBack } from './give-back'
import { Gap } from './quality'
import type { NeedInHand } from './use-need'
import { type Need, shown } from './value'

export type Asking = 'approve' | 'return' | 'keys' | ''

interface Props { need: Need; hand: NeedInHand; asking: Asking; ask: (what: Asking) => void }

/** Actions move a need through review. Whoever publishes sees once more what, how openly, and what is open. */
export function Actions({ need: n, hand, asking, ask }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [refusal, setRefusal] = useState<ProblemError>()
  const onError = (e: Error) => {
    ask('')
    if (e instanceof ProblemError && e.problem.code === 'not_ready') setRefusal(e)
    else void message.error(e.message)
  }
  const submit = useMutation({ mutationFn: hand.submit, onSuccess: () => { ask(''); void message.success(t('review.submitted')) }, onError })
  const approve = useMutation({ mutationFn: hand.approve, onSuccess: () => { ask(''); void message.success(t('review.approved')) }, onError })
  const inReview = n.status === 'review'
  const toSubmit = ['draft', 'interviewing', 'returned'].includes(n.status)
  const busy = submit.isPending || approve.isPending
  const go = () => (inReview ? approve.mutate() : submit.mutate())
  return (
    <>
      {(toSubmit || inReview) && <FollowUp need={n.id} returns={inReview} />}
      {toSubmit && <Button type="primary" onClick={go} loading={busy}>{t('review.submit')}</Button>}
      {inReview && <Button danger onClick={() => ask('return')}>{t('review.return')}</Button>}
      {inReview && <Button type="primary" onClick={() => ask('approve')} loading={busy}>{t('review.approve')}</Button>}
      {asking === 'approve' && (inReview || toSubmit) && (
        <Dialog title={t(inReview ? 'review.approve' : 'review.submit')} close={() => ask('')} ok={t('review.yes')} onOk={go} busy={busy}>
          <p>{n.title || t('needs.untitled')}</p>
          <p className="muted">{t('review.score', { score: n.quality.score })}</p>
          <p>{t('field.confidentiality')} <b>{shown(n.fields['confidentiality']?.value) || t('fieldStatus.missing')}</b></p>
          {n.quality.missing.length > 0 && <p className="words">{t('review.missing')}{n.quality.missing.map((m) => <Gap key={m} need={n} gap={m} />)}</p>}
        </Dialog>
      )}
      {asking === 'return' && inReview && <GiveBack close={() => ask('')} send={hand.giveBack} />}
      {refusal && (
        <Dialog title={t('review.notReady')} close={() => setRefusal(undefined)}>
          <p>{refusal.message}</p>
          <p>{t('review.rule')}</p>
        </Dialog>
      )}
    </>
  )
}
