// The stages of a track as boxes and arrows. The first stage stands at the top, each way on leads down;
// ways over several stages run in lanes on the right, ways back in lanes on the left. Every arrow has a
// number, and the list below the picture says what the number means: nothing is told by the drawing alone.
import type { ReadTrack } from '@/backend/shapes'

export interface Box {
  id: string
  label: string[]
  note: string
  end: boolean
  x: number
  y: number
}

export interface Arrow {
  number: number
  path: string
  /** Where its number stands. */
  at: { x: number; y: number }
}

export interface Way {
  number: number
  from: string
  to: string
  labels: string[]
}

export interface Picture {
  width: number
  height: number
  boxes: Box[]
  arrows: Arrow[]
  ways: Way[]
}

export const boxSize = { width: 168, height: 46 }
const gap = { x: 26, y: 46 }
/** Lanes lie closer where there are many; a number still fits. */
const laneWidth = (lanes: number) => (lanes > 8 ? 19 : 24)
const margin = 12
/** So many characters fit on a line of a box. */
const perLine = 12

/** levels says how far down each stage stands: below every stage that leads on to it. */
export function levels(track: Pick<ReadTrack, 'stages' | 'ways'>): Map<string, number> {
  const order = new Map(track.stages.map((s, i) => [s.id, i]))
  const level = new Map(track.stages.map((s) => [s.id, 0]))
  // Stages stand in the file in the order of the work, so one pass settles them.
  for (const stage of track.stages) {
    for (const way of track.ways) {
      const onward = (order.get(way.to) ?? 0) > (order.get(way.from) ?? 0)
      if (way.from !== stage.id || !onward) continue
      level.set(way.to, Math.max(level.get(way.to) ?? 0, (level.get(stage.id) ?? 0) + 1))
    }
  }
  return level
}

/** ways joins the ways that lead from one stage to the same other, and numbers them. */
export function joined(track: Pick<ReadTrack, 'stages' | 'ways'>): Way[] {
  const order = new Map(track.stages.map((s, i) => [s.id, i]))
  const found = new Map<string, Way>()
  for (const way of track.ways) {
    const key = `${way.from} ${way.to}`
    const label = way.when ? `${way.label}（${way.when}）` : way.label
    const known = found.get(key) ?? { number: 0, from: way.from, to: way.to, labels: [] }
    if (!known.labels.includes(label)) known.labels.push(label)
    found.set(key, known)
  }
  const place = (id: string) => order.get(id) ?? 0
  return [...found.values()]
    .sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to))
    .map((way, i) => ({ ...way, number: i + 1 }))
}

function lines(label: string): string[] {
  const runes = [...label]
  if (runes.length <= perLine) return [label]
  const second = runes.slice(perLine)
  return [
    runes.slice(0, perLine).join(''),
    second.length > perLine ? `${second.slice(0, perLine - 1).join('')}…` : second.join(''),
  ]
}

export function draw(track: Pick<ReadTrack, 'stages' | 'ways'>): Picture {
  const level = levels(track)
  const ways = joined(track)
  const of = (id: string) => level.get(id) ?? 0
  const straight = (w: Way) => of(w.to) === of(w.from) + 1
  const onward = ways.filter((w) => !straight(w) && of(w.to) > of(w.from))
  const back = ways.filter((w) => !straight(w) && of(w.to) <= of(w.from))

  const rows: string[][] = []
  for (const s of track.stages) (rows[of(s.id)] ??= []).push(s.id)
  const widest = Math.max(1, ...rows.map((r) => r.length))
  const middle = widest * boxSize.width + (widest - 1) * gap.x
  const lanes = { left: laneWidth(back.length), right: laneWidth(onward.length) }
  const left = margin + back.length * lanes.left
  const boxes = track.stages.map((s): Box => {
    const row = rows[of(s.id)] ?? [s.id]
    const wide = row.length * boxSize.width + (row.length - 1) * gap.x
    const x = left + (middle - wide) / 2 + row.indexOf(s.id) * (boxSize.width + gap.x)
    const y = margin + of(s.id) * (boxSize.height + gap.y)
    return { id: s.id, label: lines(s.label), note: s.waits ? `等${s.waits}` : '', end: s.end, x, y }
  })
  const arrows = [
    ...straightArrows(ways.filter(straight), boxes),
    ...laneArrows(onward, boxes, (i) => left + middle + (i + 1) * lanes.right, 1),
    ...laneArrows(back, boxes, (i) => left - (i + 1) * lanes.left, -1),
  ]
  return {
    width: left + middle + margin + (onward.length + 1) * lanes.right,
    height: margin * 2 + rows.length * boxSize.height + (rows.length - 1) * gap.y,
    boxes,
    arrows: arrows.sort((a, b) => a.number - b.number),
    ways,
  }
}

/** Straight ways leave side by side, so that no two lie on each other. */
function straightArrows(ways: Way[], boxes: Box[]): Arrow[] {
  return ways.flatMap((way) => {
    const from = boxes.find((b) => b.id === way.from)
    const to = boxes.find((b) => b.id === way.to)
    if (!from || !to) return []
    const out = ways.filter((w) => w.from === way.from)
    const into = ways.filter((w) => w.to === way.to)
    const x1 = from.x + (boxSize.width * (out.indexOf(way) + 1)) / (out.length + 1)
    const x2 = to.x + (boxSize.width * (into.indexOf(way) + 1)) / (into.length + 1)
    const y1 = from.y + boxSize.height
    const y2 = to.y
    return [
      {
        number: way.number,
        path: `M${x1} ${y1} L${x2} ${y2}`,
        at: { x: x1 + (x2 - x1) * 0.4, y: y1 + (y2 - y1) * 0.4 },
      },
    ]
  })
}

/** Ways in lanes leave and arrive at the side of the outermost box of a row; at an inner box from the gap
 * below or above the row, so that no line runs behind another box. */
function laneArrows(ways: Way[], boxes: Box[], laneAt: (i: number) => number, side: 1 | -1): Arrow[] {
  const find = (id: string) => boxes.find((b) => b.id === id)
  const far = (w: Way) => Math.abs((find(w.from)?.y ?? 0) - (find(w.to)?.y ?? 0))
  const near = [...ways].sort((a, b) => far(a) - far(b))
  return near.flatMap((way, i) => {
    const from = find(way.from)
    const to = find(way.to)
    if (!from || !to) return []
    const out = near.filter((w) => w.from === way.from)
    const into = near.filter((w) => w.to === way.to)
    const x = laneAt(i)
    const leave = leaving(from, boxes, side, share(out, way))
    const arrive = arriving(to, boxes, side, share(into, way))
    return [
      {
        number: way.number,
        path: `M${leave.path} L${x} ${leave.y} L${x} ${arrive.y} L${arrive.path}`,
        at: { x, y: (leave.y + arrive.y) / 2 },
      },
    ]
  })
}

/** Where in 0 to 1 one of several ways at a box has its place. */
const share = (all: Way[], one: Way) => (all.indexOf(one) + 1) / (all.length + 1)

function outermost(box: Box, boxes: Box[], side: 1 | -1): boolean {
  return boxes.every((b) => b.y !== box.y || (b.x - box.x) * side <= 0)
}

function leaving(box: Box, boxes: Box[], side: 1 | -1, part: number) {
  if (outermost(box, boxes, side)) {
    const y = box.y + boxSize.height * (0.5 + 0.45 * part)
    return { path: `${side === 1 ? box.x + boxSize.width : box.x} ${y}`, y }
  }
  const x = box.x + boxSize.width * (0.5 + 0.4 * part * side)
  const y = box.y + boxSize.height + gap.y * (0.1 + 0.25 * part)
  return { path: `${x} ${box.y + boxSize.height} L${x} ${y}`, y }
}

function arriving(box: Box, boxes: Box[], side: 1 | -1, part: number) {
  if (outermost(box, boxes, side)) {
    const y = box.y + boxSize.height * (0.05 + 0.4 * part)
    return { path: `${side === 1 ? box.x + boxSize.width : box.x} ${y}`, y }
  }
  const x = box.x + boxSize.width * (0.5 + 0.4 * part * side)
  const y = box.y - gap.y * (0.2 + 0.25 * part)
  return { path: `${x} ${y} L${x} ${box.y}`, y }
}
