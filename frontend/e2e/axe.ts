// Checks a screen against WCAG 2 A and AA.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface Violation {
  id: string
  help: string
  nodes: { target: unknown[]; html: string; failureSummary?: string }[]
}

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What is wrong on the screen, one line each; an empty list is the wish. */
export async function axe(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the content policy of the page stays in force.
  await page.evaluate(await source)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (where: Document, how: object) => Promise<{ violations: Violation[] }> }
    }
    const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })
    return found.violations
  })
  return violations.flatMap((v) =>
    v.nodes.map((node) => `${v.id}: ${v.help}\n  ${node.target.join(' ')}\n  ${node.html.slice(0, 160)}`),
  )
}
