import { describe, expect, test } from 'vitest'
import { boxSize, draw, joined, levels } from './picture'

const stage = (id: string, end = false) => ({ id, label: id, waits: '', end, guidance: '' })
const way = (from: string, to: string, label = `${from}${to}`, when = '') => ({
  from,
  to,
  action: label,
  label,
  when,
})
const track = {
  stages: [stage('a'), stage('b'), stage('c'), stage('x'), stage('z', true)],
  ways: [way('a', 'b'), way('b', 'c'), way('a', 'x'), way('c', 'z'), way('x', 'z'), way('c', 'a', '退回')],
}

describe('the picture of a track', () => {
  test('a stage stands below every stage that leads on to it; a way back moves nothing', () => {
    expect(Object.fromEntries(levels(track))).toEqual({ a: 0, b: 1, c: 2, x: 1, z: 3 })
  })
  test('ways between the same two stages are one arrow that names both', () => {
    const two = {
      ...track,
      ways: [way('a', 'b', '受理'), way('a', 'b', '补正', '已补齐'), way('a', 'b', '受理')],
    }
    expect(joined(two)).toEqual([{ number: 1, from: 'a', to: 'b', labels: ['受理', '补正（已补齐）'] }])
  })
  test('no two boxes lie on each other, and all lie in the picture', () => {
    const { boxes, width, height } = draw(track)
    for (const [i, a] of boxes.entries()) {
      expect(a.x >= 0 && a.x + boxSize.width <= width).toBe(true)
      expect(a.y >= 0 && a.y + boxSize.height <= height).toBe(true)
      for (const b of boxes.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= boxSize.width || Math.abs(a.y - b.y) >= boxSize.height).toBe(true)
    }
  })
  test('every way has one arrow with its number in the picture, no two numbers in one place', () => {
    const { arrows, ways, width, height } = draw(track)
    expect(arrows.map((a) => a.number)).toEqual(ways.map((w) => w.number))
    for (const a of arrows) {
      expect(a.at.x > 0 && a.at.x < width && a.at.y > 0 && a.at.y < height).toBe(true)
      expect(a.path).not.toContain('NaN')
    }
    expect(new Set(arrows.map((a) => `${a.at.x} ${a.at.y}`)).size).toBe(arrows.length)
  })
  test('no line runs behind a box that it does not belong to', () => {
    const wide = {
      stages: [stage('a'), stage('b'), stage('c'), stage('d'), stage('z', true)],
      ways: [
        way('a', 'b'),
        way('b', 'c'),
        way('b', 'd'),
        way('a', 'c'),
        way('a', 'd'),
        way('c', 'a'),
        way('d', 'a'),
        way('c', 'z'),
        way('d', 'z'),
      ],
    }
    const { boxes, arrows, ways } = draw(wide)
    for (const arrow of arrows) {
      const way = ways.find((w) => w.number === arrow.number)!
      const points = [...arrow.path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(
        (m) => [Number(m[1]), Number(m[2])] as const,
      )
      for (const [i, [x1, y1]] of points.slice(0, -1).entries()) {
        const [x2, y2] = points[i + 1]!
        if (x1 !== x2 && y1 !== y2) continue // a straight way between two rows
        for (const b of boxes.filter((b) => b.id !== way.from && b.id !== way.to)) {
          const apart =
            Math.max(x1, x2) < b.x ||
            Math.min(x1, x2) > b.x + boxSize.width ||
            Math.max(y1, y2) < b.y ||
            Math.min(y1, y2) > b.y + boxSize.height
          expect(apart, `${way.from} to ${way.to} behind ${b.id}`).toBe(true)
        }
      }
    }
  })
  test('a long name takes two lines', () => {
    const long = draw({
      stages: [{ ...stage('a'), label: '已告知前台接待员，等待分类和传达给责任部门' }],
      ways: [],
    })
    expect(long.boxes[0]!.label).toHaveLength(2)
    expect(long.boxes[0]!.label.every((l) => [...l].length <= 12)).toBe(true)
  })
})
