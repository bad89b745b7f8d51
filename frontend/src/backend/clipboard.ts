import { ClipboardSetText } from '../wailsjs/runtime/runtime'

/** Puts a text on the clipboard; Go's way first, because a webview may refuse the browser's. */
export async function copyText(text: string): Promise<void> {
  if ('runtime' in window && (await ClipboardSetText(text))) return
  await navigator.clipboard.writeText(text)
}
