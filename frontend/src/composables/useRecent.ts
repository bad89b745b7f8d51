// The cases looked at in this sitting, latest first. In memory only: they are about people.
import { ref } from 'vue'

export interface Recent {
  number: string
  title: string
}

export const recentCases = ref<Recent[]>([])

export function rememberCase(number: string, title: string): void {
  recentCases.value = [{ number, title }, ...recentCases.value.filter((r) => r.number !== number)].slice(0, 5)
}

export function forgetRecent(): void {
  recentCases.value = []
}
