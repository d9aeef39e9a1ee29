import { Api, Problem, Unreachable, openSession } from './api'
import { Chat } from './chat'
import { type Lang, type Translate, preferred, translator } from './i18n'
import { Sessions, openShelf, placeOf, sessionOfFragment } from './storage'
import type { Session, Transcript } from './types'
import { consentView, wordsView } from './view/consent'
import { ChatPage } from './view/page'

const shelf = openShelf(() => localStorage)
const sessions = new Sessions(shelf)
const place = placeOf(location.pathname)
const app = document.getElementById('app') as HTMLElement
const langKey = 'tanxu:lang'

let lang: Lang
let t: Translate
let chat: Chat | undefined
let page: ChatPage | undefined

function speak(next: Lang): void {
  lang = next
  t = translator(lang)
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  document.title = t('title')
}

function switchLanguage(): void {
  speak(lang === 'zh' ? 'en' : 'zh')
  shelf.setItem(langKey, lang)
}

/** The words for an error: the service's own, where it has said something. */
function explain(cause: unknown): string {
  if (cause instanceof Problem) return cause.detail || t('error_unknown')
  return t(cause instanceof Unreachable ? 'error_network' : 'error_unknown')
}

function begin(): void {
  const saved = shelf.getItem(langKey)
  speak(saved === 'zh' || saved === 'en' ? saved : preferred(navigator.languages))
  const handed = sessionOfFragment(location.hash)
  if (handed) {
    sessions.keep(place, handed)
    history.replaceState(null, '', location.pathname) // the token stays out of sight and of history
  }
  const session = handed ?? sessions.find(place)
  if (session) converse(session)
  else if ('invite' in place) agree(place.invite)
  else app.replaceChildren(wordsView(t, 'expired', 'expired_lead'))
}

function agree(invite: string): void {
  app.replaceChildren(consentView({
    t,
    lang,
    switchLanguage: () => {
      switchLanguage()
      agree(invite)
    },
    agree: async (person) => {
      try {
        const opened = await openSession(invite, person, lang)
        const session = { id: opened.session_id, token: opened.token }
        sessions.keep(place, session)
        converse(session, opened)
        return undefined
      } catch (cause) {
        return explain(cause)
      }
    },
  }))
}

function converse(session: Session, known?: Transcript): void {
  const running = new Chat(session, new Api(session), shelf, {
    changed: () => page?.changed(),
    gone: () => leave(running, 'expired'),
    explain,
  })
  chat = running
  show(running)
  running.start(known)
}

function show(running: Chat): void {
  page = new ChatPage(t, {
    chat: running,
    explain,
    switchLanguage: () => {
      switchLanguage()
      show(running)
    },
    erased: () => leave(running, 'erased'),
  })
  app.replaceChildren(page.element)
  page.shown()
}

/** Ends a conversation that is there no more, and forgets all of it. */
function leave(running: Chat, why: 'expired' | 'erased'): void {
  running.stop()
  sessions.forget(place, running.session)
  chat = page = undefined
  app.replaceChildren(wordsView(t, why, `${why}_lead`, 'invite' in place ? () => agree(place.invite) : undefined))
}

addEventListener('online', () => chat?.hurry())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') chat?.hurry()
})
begin()
