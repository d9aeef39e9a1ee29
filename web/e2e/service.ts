import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A running service. */
export interface Service {
  url: string
  user: string // of the console
  password: string
  stop(): Promise<void>
}

const binary = join(import.meta.dirname, '..', '..', 'bin', 'tanxu')

/**
 * The service to test: that of TANXU_E2E_URL, else bin/tanxu with the demo
 * centre in the database of TEST_DATABASE_URL; undefined if there is neither.
 */
export async function service(): Promise<Service | undefined> {
  const url = process.env['TANXU_E2E_URL']
  if (url) {
    const { TANXU_E2E_USER: user = 'demo', TANXU_E2E_PASSWORD: password = '' } = process.env
    return { url: url.replace(/\/$/, ''), user, password, stop: () => Promise.resolve() }
  }
  const database = process.env['TEST_DATABASE_URL']
  if (!database || !existsSync(binary)) return undefined
  const state = mkdtempSync(join(tmpdir(), 'tanxu-e2e-'))
  // The service refuses settings that it does not know, such as those of the tests.
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TANXU_')))
  const running = spawn(binary, ['up'], {
    env: { ...plain, DATABASE_URL: database, TANXU_ADDR: '127.0.0.1:0', TANXU_DEMO: '1', TANXU_DEV: '1', TANXU_STATE: state },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.once('exit', () => running.kill()) // however the tests end
  const stop = async (): Promise<void> => {
    if (running.exitCode === null) {
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGTERM')
      await ended
    }
    rmSync(state, { recursive: true, force: true })
  }
  try {
    return { ...await ready(running), stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

/** Waits for the line that says where the service is, and who may sign in. */
function ready(running: ChildProcess): Promise<Omit<Service, 'stop'>> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (piece: Buffer): void => {
      said += String(piece)
      const [, url, user, password] = /Tanxu is ready: (http:\/\/[^/\s]+).*, user (\S+), password (\S+)\)/.exec(said) ?? []
      if (url && user && password) resolve({ url, user, password })
    }
    running.stdout?.on('data', hear)
    running.stderr?.on('data', hear)
    running.once('error', reject)
    running.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${said.slice(-2000)}`)))
  })
}
