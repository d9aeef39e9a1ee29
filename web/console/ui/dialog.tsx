import { Alert, Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  title: string
  close?: () => void // absent where there is no way around
  ok?: string
  onOk?: () => void
  busy?: boolean
  disabled?: boolean
  danger?: boolean
  wrong?: string | undefined
  extra?: ReactNode // other buttons
  wide?: boolean
  children: ReactNode
}

/**
 * Dialog is a modal window. It is the browser's own: the one of antd writes a
 * style without the page's nonce, which the content security policy refuses.
 */
export function Dialog({ title, close, ok, onOk, busy = false, disabled = false, danger = false, wrong, extra, wide = false, children }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const before = document.activeElement
    box.current?.showModal()
    const find = (what: string) => box.current?.querySelector<HTMLElement>(what)
    const first = find('.body :is(input, textarea, select)') ?? find('footer [type=submit]') ?? find('.cross')
    first?.focus()
    return () => { if (before instanceof HTMLElement) before.focus() }
  }, [])
  return (
    <dialog
      ref={box} className={wide ? 'dialog wide' : 'dialog'} aria-labelledby={heading}
      onCancel={(e) => { e.preventDefault(); close?.() }}
      onClose={() => { if (close) close(); else box.current?.showModal() }} // browsers close at the second Escape whatever we say
      onMouseDown={(e) => { if (e.target === box.current && wide) close?.() }}
    >
      <form
        method="dialog"
        onSubmit={(e) => { e.preventDefault(); if (!disabled && !busy) onOk?.() }}
        onKeyDown={(e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && !disabled && !busy) onOk?.() }}
      >
        <header><h2 id={heading}>{title}</h2>{close && <button type="button" className="cross" onClick={close} aria-label={t('close')}>×</button>}</header>
        <div className="body">
          {wrong && <Alert type="error" title={wrong} role="alert" showIcon />}
          {children}
        </div>
        {onOk && (
          <footer>
            {extra}
            <span className="grow" />
            {close && <Button onClick={close}>{t('edit.cancel')}</Button>}
            <Button type="primary" htmlType="submit" danger={danger} loading={busy} disabled={disabled}>{ok}</Button>
          </footer>
        )}
      </form>
    </dialog>
  )
}
