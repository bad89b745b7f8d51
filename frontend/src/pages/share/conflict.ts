// Choosing between what two offices did apart. Nothing is written until the officer presses 完成;
// until then choices live here alone.

export interface Branch {
  entry: string
  officer: string
  office: string
  at: string
  line: string
  own: boolean
  letters?: string
  told: boolean
}

export interface Contradiction {
  id: string
  number: string
  label: string
  branches: Branch[]
}

export interface Choice {
  keep: string
  reason: string
}

export type Choices = Record<string, Choice>

/** columns puts this machine's side left; the heading says whose side it is. */
export function columns(row: Contradiction): { heading: string; branch: Branch }[] {
  const own = row.branches.filter((b) => b.own)
  const others = row.branches.filter((b) => !b.own)
  return [
    ...own.map((branch) => ({ heading: '本机', branch })),
    ...others.map((branch) => ({
      heading: own.length > 0 && others.length === 1 ? '对方' : branch.office,
      branch,
    })),
  ]
}

/** consequence says what must follow when the sides not kept have gone out already. */
export function consequence(row: Contradiction, keep: string): string {
  const given = row.branches.filter((b) => b.entry !== keep)
  const letters = given.flatMap((b) => (b.letters ? [b.letters] : []))
  if (letters.length > 0) {
    const told = given.some((b) => b.told)
    return `未采用的一方已制作${letters.join('、')}，需要作废${told ? '，并重新告知投诉人' : ''}`
  }
  if (given.some((b) => b.told)) return '未采用的一方已告知投诉人，需要重新告知'
  return ''
}

/** told is the side the complainant already knows: keeping it needs no recall. */
export function toldEntry(row: Contradiction): string {
  const told = row.branches.filter((b) => b.told)
  return told.length === 1 ? told[0]!.entry : ''
}

export const minReason = 2

export function choiceProblem(row: Contradiction, choice: Choice | undefined): string {
  if (!choice) return '未选择'
  if (!row.branches.some((b) => b.entry === choice.keep)) return '记录已变化，请重新选择'
  if ([...choice.reason.trim()].length < minReason) return '请填写理由'
  return ''
}

/** ready are the contradictions that 完成 would write. */
export function ready(rows: Contradiction[], choices: Choices): Contradiction[] {
  return rows.filter((r) => choiceProblem(r, choices[r.id]) === '')
}

export interface Finished {
  done: string[]
  failed: { id: string; error: unknown }[]
}

/** finish writes the choices one after another; one that fails does not stop the others. */
export async function finish(
  rows: Contradiction[],
  choices: Choices,
  resolve: (id: string, keep: string, reason: string) => Promise<unknown>,
): Promise<Finished> {
  const result: Finished = { done: [], failed: [] }
  for (const row of ready(rows, choices)) {
    const { keep, reason } = choices[row.id]!
    try {
      await resolve(row.id, keep, reason.trim())
      result.done.push(row.id)
    } catch (error) {
      result.failed.push({ id: row.id, error })
    }
  }
  return result
}
