// Fetching mail and reading files in: one job at a time, with progress and a way to stop.
import { onScopeDispose, ref, shallowRef } from 'vue'
import { toBackendError, type BackendError } from '@/backend/call'
import { onFilesDropped } from '@/backend/events'
import * as files from '@/backend/files'
import { isCancelled, type Job } from '@/backend/jobs'
import * as mail from '@/backend/mail'
import type { MailAccount, MailImport } from '@/backend/shapes'
import { toast } from '@/composables/useToasts'
import { importWords } from './words'

export function useMailbox(after: () => void) {
  const accounts = ref<MailAccount[]>([])
  const loaded = ref(false)
  const running = shallowRef<Job<MailImport>>()
  const progress = ref({ done: 0, total: 0 })
  const outcome = shallowRef<MailImport>()
  const error = shallowRef<BackendError>()

  async function loadAccounts() {
    try {
      accounts.value = await mail.accounts()
    } catch (thrown) {
      error.value = toBackendError(thrown)
    } finally {
      loaded.value = true
    }
  }

  async function follow(start: (tell: (done: number, total: number) => void) => Job<MailImport>) {
    if (running.value) return
    error.value = undefined
    outcome.value = undefined
    progress.value = { done: 0, total: 0 }
    const job = start((done, total) => (progress.value = { done, total }))
    running.value = job
    try {
      outcome.value = await job.done
      toast(importWords(outcome.value))
    } catch (thrown) {
      if (isCancelled(thrown)) toast('已停止收取；已收到的邮件都已保存')
      else error.value = toBackendError(thrown)
    } finally {
      running.value = undefined
      after()
    }
  }

  /** The one button: fetches from every account, one after the other. */
  async function fetchAll() {
    for (const account of accounts.value) {
      await follow((tell) => mail.importAccount(account.id, false, tell))
      if (error.value) return
    }
  }

  async function readFiles(paths: string[]) {
    const messages = paths.filter((p) => p.toLowerCase().endsWith('.eml'))
    if (messages.length > 0) await follow((tell) => mail.importFiles(messages, tell))
    else if (paths.length > 0) toast('只能导入 .eml 邮件文件')
  }

  async function pickFiles() {
    await readFiles(await files.pickFiles('选择邮件文件', '*.eml'))
  }

  const off = onFilesDropped((paths) => void readFiles(paths))
  onScopeDispose(off)

  return { accounts, loaded, running, progress, outcome, error, loadAccounts, fetchAll, pickFiles, readFiles }
}
