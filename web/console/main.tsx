import { createRoot } from 'react-dom/client'
import { App } from './app'
import './i18n'

const root = document.getElementById('root')
if (!root) throw new Error('no root')
createRoot(root).render(<App />)
