// Into the practice desk and out again.
import * as practice from '@/backend/practice'
import { refreshDesk } from '@/composables/useDesk'

export async function enterPractice(): Promise<void> {
  await practice.practise()
  await refreshDesk('张三')
}

export async function leavePractice(): Promise<void> {
  await practice.leavePractice()
  await refreshDesk('')
}
