// The letters of one case and what can be done to the chosen one.
import { computed, ref, watch } from 'vue'
import * as cases from '@/backend/cases'
import { toBackendError, type BackendError } from '@/backend/call'
import * as files from '@/backend/files'
import * as letters from '@/backend/letters'
import { useResource } from '@/composables/useResource'
import { toast } from '@/composables/useToasts'
import { choose, itemsOfCase, type LetterItem } from './items'
import { fileName } from './queue'

export function useCaseLetters(number: () => string | undefined, wanted: () => string) {
  const key = ref('')
  const kind = ref('')
  const busy = ref('')
  const error = ref<BackendError>()

  const read = useResource(
    number,
    async (n) => {
      const [kinds, detail] = await Promise.all([letters.kinds(n), cases.show(n)])
      return { number: n, items: itemsOfCase(kinds, detail.letters), readOnly: detail.read_only }
    },
    (change) => change.kind === 'cases' || change.kind === 'office',
  )
  const items = computed(() => (read.data.value?.number === number() ? (read.data.value?.items ?? []) : []))
  const current = computed(() => choose(items.value, key.value, kind.value || wanted()))

  watch(
    () => [number(), wanted()],
    () => {
      key.value = kind.value = ''
      error.value = undefined
    },
  )

  function pick(item: LetterItem) {
    key.value = item.key
    kind.value = item.kind
    error.value = undefined
  }

  async function run(name: string, task: (item: LetterItem, n: string) => Promise<void>) {
    const item = current.value
    const n = number()
    if (!item || !n || busy.value) return
    busy.value = name
    error.value = undefined
    try {
      await task(item, n)
    } catch (thrown) {
      error.value = toBackendError(thrown)
    } finally {
      busy.value = ''
    }
  }

  const issue = () =>
    run('issue', async (item, n) => {
      const issued = await letters.issue(n, item.kind)
      kind.value = item.kind
      key.value = issued.id
      toast(`已签发${item.label} ${issued.number}`)
      await read.reload()
    })

  const onIssued = (name: string, task: (id: string, item: LetterItem, n: string) => Promise<void>) => () =>
    run(name, async (item, n) => {
      if (item.letter) await task(item.letter.id, item, n)
    })

  const print = onIssued('print', async (id, _item, n) => {
    await letters.print(n, id)
    toast('已交给系统打印')
  })
  const open = onIssued('open', (id, _item, n) => letters.open(n, id))
  const save = onIssued('save', async (id, item, n) => {
    const path = await files.pickSave(`另存${item.label}`, fileName(item.label, item.number))
    if (!path) return
    await letters.save(n, id, path)
    toast(`已保存${item.label}`)
  })

  const voidLetter = (reason: string) =>
    run('void', async (item, n) => {
      if (!item.letter) return
      await letters.voidLetter(n, item.letter.id, reason)
      toast(`已作废 ${item.number}，该文号不再使用`)
      await read.reload()
    })

  const url = computed(() => {
    const item = current.value
    const n = number()
    if (!item || !n) return ''
    return item.letter ? letters.issuedUrl(n, item.letter.id) : letters.previewUrl(n, item.kind)
  })

  return { read, items, current, pick, busy, error, issue, print, open, save, voidLetter, url }
}

export type CaseLetters = ReturnType<typeof useCaseLetters>
