// One program with its own data folder, one browser on it. Any request that leaves this machine, any
// error on the page and any refusal of the content policy fails the test.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'

const need = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start the specs with frontend/e2e/run`)
  return value
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export class Desk {
  readonly complaints: string[] = []
  private output = ''

  private constructor(
    readonly folder: string,
    readonly page: Page,
    private readonly browser: Browser,
    private readonly program: ChildProcess,
  ) {}

  static async start(options: { folder?: string; dark?: boolean } = {}): Promise<Desk> {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'jiesu-e2e-')))
    await mkdir(join(folder, 'home'), { recursive: true })
    const port = await freePort()
    const origin = `http://127.0.0.1:${port}`
    const program = spawn(need('JIESU_E2E_PROGRAM'), [], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        DISPLAY: process.env.DISPLAY,
        HOME: join(folder, 'home'),
        DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
        TZ: 'America/Lima', // nothing may depend on the zone of the machine
        loglevel: 'Warning',
        assetdir: need('JIESU_E2E_PAGES'),
        devserver: `127.0.0.1:${port}`,
        JIESU_DATA: join(folder, 'data'),
        JIESU_CONFIG: join(folder, 'config'),
      },
    })
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    })
    const page = await browser.newPage({
      viewport: { width: 1366, height: 768 },
      colorScheme: options.dark ? 'dark' : 'light',
      locale: 'zh-CN',
    })
    const desk = new Desk(folder, page, browser, program)
    program.stdout?.on('data', (text) => (desk.output += String(text)))
    program.stderr?.on('data', (text) => (desk.output += String(text)))
    program.on('exit', (code, signal) => (desk.output += `\nthe program ended: ${code ?? signal}`))
    desk.watch(origin)
    await desk.answers(origin)
    await page.goto(origin)
    await page.waitForSelector('main, .frame')
    return desk
  }

  private watch(origin: string): void {
    this.page.on('request', (request) => {
      const url = request.url()
      const own = url.startsWith(origin) || url.startsWith(origin.replace('http', 'ws'))
      if (!own && !url.startsWith('data:') && !url.startsWith('blob:'))
        this.complaints.push(`request to ${url}`)
    })
    this.page.on('response', (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.status()} for ${response.url()}`)
    })
    this.page.on('pageerror', (error) => {
      // Wails' development script looks for things of its own before the page stands.
      const calls = (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '))
      if (calls.length === 0 || !calls.every((line) => line.includes('/wails/ipc.js')))
        this.complaints.push(`error on the page: ${error.stack ?? error.message}`)
    })
    this.page.on('console', (message) => {
      // What the browser says of a refused load; the Wails runtime's own words are no errors of ours.
      if (message.type() === 'error' && !/runtime:ready|Failed to load resource/.test(message.text()))
        this.complaints.push(`console: ${message.text()}`)
    })
  }

  private async answers(origin: string): Promise<void> {
    for (let i = 0; i < 150; i++) {
      if (this.program.exitCode !== null) break
      try {
        if ((await fetch(origin)).ok) return
      } catch {
        // Not yet.
      }
      await new Promise((r) => setTimeout(r, 100))
    }
    await this.stop()
    throw new Error(`the program does not answer:\n${this.output}`)
  }

  /** Throws what the page or the network did that must not be. */
  check(): void {
    const found = this.complaints.splice(0)
    if (found.length > 0) throw new Error(`${found.join('\n')}\n${this.output.slice(-6000)}`)
  }

  async shot(name: string): Promise<void> {
    const folder = process.env.JIESU_SHOTS
    if (!folder) return
    await mkdir(folder, { recursive: true })
    await this.page.screenshot({ path: join(folder, `${name}.png`) })
  }

  /** keep: the data folder is used again by another start. */
  async stop(options: { keep?: boolean } = {}): Promise<void> {
    await this.browser.close()
    if (this.program.exitCode === null && this.program.signalCode === null) {
      const gone = new Promise((resolve) => this.program.once('exit', resolve))
      this.program.kill('SIGTERM')
      const late = setTimeout(() => this.program.kill('SIGKILL'), 5000)
      await gone
      clearTimeout(late)
    }
    // The browser part of the window may still write while it ends.
    if (!options.keep)
      await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}
