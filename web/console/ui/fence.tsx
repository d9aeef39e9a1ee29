import { Alert, Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { Translation } from 'react-i18next'

/** Fence keeps a fault of one page, such as a part that does not load, from taking the whole console away. */
export class Fence extends Component<{ children: ReactNode }, { fault?: Error }> {
  override state: { fault?: Error } = {}

  static getDerivedStateFromError(fault: Error) {
    return { fault }
  }

  override render() {
    if (!this.state.fault) return this.props.children
    return (
      <Translation>
        {(t) => (
          <Alert
            type="error" role="alert" showIcon title={t('trouble.page')}
            action={<Button onClick={() => location.reload()}>{t('trouble.reload')}</Button>}
          />
        )}
      </Translation>
    )
  }
}
