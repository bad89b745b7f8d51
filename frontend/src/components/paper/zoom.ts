// The steps of the paper's zoom. 1 is the width of the pane.

export const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3]

export function zoomBy(now: number, step: 1 | -1): number {
  const all = step > 0 ? zoomSteps : [...zoomSteps].reverse()
  return all.find((z) => (step > 0 ? z > now + 0.001 : z < now - 0.001)) ?? now
}

/** What one canvas may hold: old webviews draw nothing at all beyond it. */
export const maxPixels = 16_000_000

/** pixelRatio keeps a page sharp on the screen and below maxPixels. */
export function pixelRatio(width: number, height: number, wanted: number): number {
  return Math.min(wanted, Math.sqrt(maxPixels / Math.max(1, width * height)))
}
