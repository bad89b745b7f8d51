// What the palette offers. The frame brings the screens, a page the deeds for the case on it.
import { onActivated, onBeforeUnmount, onDeactivated, ref, shallowReactive } from 'vue'

export type CommandGroup = '去' | '找' | '做'

export interface Command {
  id: string
  group: CommandGroup
  label: string
  /** Pinyin, its initials, other words for it. */
  words?: string
  hint?: string
  shortcut?: string
  /** Why not; grey then. */
  why?: string
  run: () => void
}

type Source = () => Command[]

const sources = shallowReactive<Source[]>([])
export const paletteOpen = ref(false)

/** What the page brings comes before what the frame always offers. */
export const commandsNow = (): Command[] => sources.toReversed().flatMap((source) => source())

/** Offers commands while the component is on the page; asked anew each time the palette opens. */
export function useCommands(source: Source): void {
  const add = () => {
    if (!sources.includes(source)) sources.push(source)
  }
  const remove = () => {
    const at = sources.indexOf(source)
    if (at >= 0) sources.splice(at, 1)
  }
  add()
  onActivated(add)
  onDeactivated(remove)
  onBeforeUnmount(remove)
}

/** How well a command answers: 0 not at all. Hanzi in its name, then pinyin, then letters in order. */
export function score(command: Pick<Command, 'label' | 'words' | 'hint'>, query: string): number {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return 1
  const label = command.label.toLowerCase()
  if (label.startsWith(wanted)) return 5
  if (label.includes(wanted)) return 4
  const words = (command.words ?? '').toLowerCase().split(' ')
  if (words.some((word) => word.startsWith(wanted))) return 3
  if (words.some((word) => word.includes(wanted))) return 2
  return inOrder(label, wanted) ? 1 : 0
}

function inOrder(text: string, wanted: string): boolean {
  let at = 0
  for (const letter of text) if (letter === wanted[at]) at++
  return at === wanted.length
}

/** The best answers of one group. */
export function best(commands: Command[], query: string, group: CommandGroup, most = 8): Command[] {
  return commands
    .filter((command) => command.group === group)
    .map((command) => ({ command, score: score(command, query) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => Number(Boolean(a.command.why)) - Number(Boolean(b.command.why)) || b.score - a.score)
    .slice(0, most)
    .map((found) => found.command)
}
