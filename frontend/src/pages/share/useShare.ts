// The state of the exchange and what can be done about it.
import { ref, shallowRef } from 'vue'
import { toBackendError, type BackendError } from '@/backend/call'
import * as files from '@/backend/files'
import * as share from '@/backend/share'
import { refreshFrame } from '@/composables/useDesk'
import { anyOf, useResource } from '@/composables/useResource'
import { toast } from '@/composables/useToasts'
import { syncWords } from './words'

export function useShare() {
  const read = useResource(() => true, share.status, anyOf('share', 'office'))
  const busy = ref('')
  const error = shallowRef<BackendError>()

  async function run(name: string, task: () => Promise<string | undefined>): Promise<boolean> {
    if (busy.value) return false
    busy.value = name
    error.value = undefined
    try {
      const words = await task()
      if (words) toast(words)
      await Promise.all([read.reload(), refreshFrame()])
      return true
    } catch (thrown) {
      error.value = toBackendError(thrown)
      return false
    } finally {
      busy.value = ''
    }
  }

  const sync = () => run('sync', async () => syncWords(await share.sync().done))
  const create = (folder: string) =>
    run('create', async () => {
      await share.create(folder)
      return '共享空间已建立'
    })
  const join = (folder: string, invitation: string) =>
    run('join', async () => {
      await share.join(folder, invitation)
      return '已提出加入申请，等待接纳'
    })
  const invite = () =>
    run('invite', async () => {
      const path = await files.pickSave('保存邀请文件', '接诉邀请.invite')
      if (!path) return undefined
      await share.invite(path)
      return '邀请文件已保存。当面或经可靠途径交给对方，不要放进共享文件夹'
    })
  const admit = (replica: string) =>
    run('admit', async () => {
      const names = await share.admit(replica)
      return names.length > 0 ? `已接纳 ${names.join('、')}` : '没有可接纳的申请'
    })

  return { read, busy, error, sync, create, join, invite, admit }
}

export type ShareDesk = ReturnType<typeof useShare>
