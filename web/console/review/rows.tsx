import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Chip, FieldStatus } from '../ui/chip'
import { Lights } from './lights'
import { Quotes } from './quotes'
import type { Props as RecordProps } from './record'
import { figure, type Indicator } from './value'

type Props = RecordProps & { confirm?: (id: string) => void }

/** Rows is the table of indicators: from where to where, and how it is tested. */
export function Rows(props: Props) {
  const { need, edit } = props
  const { t } = useTranslation()
  return (
    <section className="indicators">
      <h3>{t('field.indicator')} {edit && <Button size="small" onClick={() => edit('indicator:')}>{t('review.addRow')}</Button>}</h3>
      {need.indicators.length === 0
        ? <p className="muted">{t('review.noRows')}</p>
        : (
            <table className="rows" aria-label={t('field.indicator')}>
              <thead>
                <tr><th scope="col">{t('row.name')}</th><th scope="col">{t('row.current')}</th><th scope="col">{t('row.target')}</th><th scope="col">{t('row.status')}</th></tr>
              </thead>
              <tbody>{need.indicators.map((r) => <Row key={r.id} {...props} row={r} />)}</tbody>
            </table>
          )}
    </section>
  )
}

function Row({ row: r, chosen, choose, edit, confirm, toTalk }: Props & { row: Indicator }) {
  const { t } = useTranslation()
  const key = `indicator:${r.id}`
  const isChosen = chosen === key
  const how = [...new Set([r.condition, r.method && !r.condition?.includes(r.method) ? r.method : null])].filter(Boolean).join('；')
  return (
    <tr className={isChosen ? 'chosen' : undefined}>
      <td>
        <button type="button" className="value" data-stop={key} aria-pressed={isChosen} onClick={() => choose(key, r.evidence)}>{r.name}</button>
        {r.priority && <Chip tone={r.priority === 'must' ? 'violet' : 'plain'}>{t(`priority.${r.priority}`, r.priority)}</Chip>}
        <small className={how ? 'muted' : 'lacking'}>{how ? t('row.how', { how }) : t('row.noCondition')}</small>
        {isChosen && <Quotes of={r.evidence} {...(toTalk && { toTalk })} />}
      </td>
      <td>{figure(r.current, r.unit) || (r.current_status ? <><FieldStatus status={r.current_status} />{r.to && <small className="muted">{r.to}</small>}</> : '—')}</td>
      <td>{figure(r.target, r.unit, r.op) || <span className="lacking">{t('row.noTarget')}</span>}</td>
      <td><span className="side">
        <Lights checks={r.evidence.length > 0 ? r.checks : undefined} />
        <FieldStatus status={r.status} />
        {confirm && r.target && (r.status === 'filled' || r.status === 'vague') && (
          <button type="button" className="quiet" onClick={() => confirm(r.id)} aria-label={t('review.confirmField', { field: r.name })}>{t('review.confirm')}</button>
        )}
        {edit && <button type="button" className="quiet" onClick={() => edit(key)} aria-label={t('review.editField', { field: r.name })}>{t('review.edit')}</button>}
      </span></td>
    </tr>
  )
}
