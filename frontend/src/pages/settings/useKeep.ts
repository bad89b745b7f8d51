// Checking and copying the data folder: one long job at a time, cancellable, its end in words.
import { ref, shallowRef } from 'vue'
import { toBackendError, type BackendError } from '@/backend/call'
import * as files from '@/backend/files'
import { isCancelled, type Job } from '@/backend/jobs'
import * as settings from '@/backend/settings'
import type { VerifyResult } from '@/backend/shapes'
import { refreshDesk } from '@/composables/useDesk'

export type KeepTask = 'verify' | 'rebuild' | 'backup' | 'restore'

export function backupName(office: string, today: string): string {
  return `接诉备份 ${office} ${today}.jiesu`.replace(/\s+/g, ' ')
}

export function verifyWords(r: VerifyResult): string {
  const size = `${r.entries.toLocaleString('zh-CN')} 条记录，${r.cases.toLocaleString('zh-CN')} 件案件`
  return r.ok ? `${size}，全部完好` : `${size}，发现 ${r.problems.length} 处问题`
}

export function useKeep() {
  const task = ref<KeepTask | ''>('')
  const job = shallowRef<Job<unknown>>()
  const since = ref(0)
  const result = shallowRef<VerifyResult>()
  const words = ref('')
  const error = shallowRef<BackendError>()

  async function run<T>(name: KeepTask, start: () => Job<T>, end: (answer: T) => string | Promise<string>) {
    if (task.value) return
    task.value = name
    words.value = ''
    result.value = undefined
    error.value = undefined
    since.value = Date.now()
    try {
      const started = start()
      job.value = started
      words.value = await end(await started.done)
    } catch (thrown) {
      if (isCancelled(thrown)) words.value = '已停止，数据没有改动'
      else error.value = toBackendError(thrown)
    } finally {
      task.value = ''
      job.value = undefined
    }
  }

  const check = (name: 'verify' | 'rebuild') => () =>
    run(name, name === 'verify' ? settings.verify : settings.rebuild, (r) => {
      result.value = r
      return verifyWords(r)
    })

  async function backup(office: string, today: string) {
    const path = await pick(() => files.pickSave('保存备份', backupName(office, today)))
    if (path)
      await run(
        'backup',
        () => settings.backup(path),
        () => `备份已保存：${path}`,
      )
  }

  async function pickBackup(): Promise<string> {
    return pick(async () => (await files.pickFiles('选择备份文件', '*.jiesu'))[0] ?? '')
  }

  const restore = (path: string) =>
    run(
      'restore',
      () => settings.restore(path),
      async () => {
        await refreshDesk()
        return '备份已恢复'
      },
    )

  async function pick(ask: () => Promise<string>): Promise<string> {
    try {
      return await ask()
    } catch (thrown) {
      error.value = toBackendError(thrown)
      return ''
    }
  }

  return {
    task,
    job,
    result,
    words,
    error,
    verify: check('verify'),
    rebuild: check('rebuild'),
    backup,
    pickBackup,
    restore,
  }
}
