import { expect, test } from 'vitest'
import { maxPixels, pixelRatio, zoomBy, zoomSteps } from './zoom'

test('zoom goes to the next step and stops at the ends', () => {
  expect(zoomBy(1, 1)).toBe(1.1)
  expect(zoomBy(1, -1)).toBe(0.9)
  expect(zoomBy(1.05, -1)).toBe(1)
  expect(zoomBy(zoomSteps.at(-1)!, 1)).toBe(zoomSteps.at(-1))
  expect(zoomBy(zoomSteps[0]!, -1)).toBe(zoomSteps[0])
})

test('a page of any size keeps within what a canvas holds', () => {
  expect(pixelRatio(600, 800, 2)).toBe(2)
  const ratio = pixelRatio(6000, 8000, 2)
  expect(6000 * ratio * 8000 * ratio).toBeLessThanOrEqual(maxPixels + 1)
})
