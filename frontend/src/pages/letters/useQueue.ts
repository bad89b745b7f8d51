// Reads the queue: what could go out now, and what went out.
import { computed } from 'vue'
import * as letters from '@/backend/letters'
import { anyOf, useResource } from '@/composables/useResource'
import { itemsOf } from './queue'

export function useQueue() {
  const read = useResource(
    () => 'queue',
    async () => {
      const [open, issued] = await Promise.all([letters.queue('to-issue'), letters.queue('issued')])
      return { open: itemsOf(open), issued: itemsOf(issued) }
    },
    anyOf('cases', 'office'),
  )
  return { read, lists: computed(() => read.data.value ?? { open: [], issued: [] }) }
}
