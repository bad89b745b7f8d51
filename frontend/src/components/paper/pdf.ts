// Opens PDFs with pdf.js. The library is large, so it is loaded with the first paper only; its worker
// and data come from the built pages, and it never evaluates code from a document.
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { toBackendError, BackendError } from '@/backend/call'

export type { PDFDocumentProxy, PDFPageProxy, RenderTask } from 'pdfjs-dist'

const home = new URL('./pdfjs/', document.baseURI).href

export interface OpenPdf {
  document: PDFDocumentProxy
  close: () => void
}

/** openPdf fetches a PDF of the desk; a refusal of Go arrives as its sentence. */
export async function openPdf(url: string, signal: AbortSignal): Promise<OpenPdf> {
  const [data, pdfjs] = await Promise.all([fetchPdf(url, signal), import('pdfjs-dist')])
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
  const task = pdfjs.getDocument({
    data,
    cMapUrl: `${home}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${home}standard_fonts/`,
    wasmUrl: `${home}wasm/`,
    isEvalSupported: false,
    enableXfa: false,
  })
  signal.addEventListener('abort', () => void task.destroy())
  try {
    return { document: await task.promise, close: () => void task.destroy() }
  } catch (thrown) {
    if (signal.aborted) throw thrown
    throw new BackendError({
      code: 'pdf-unreadable',
      message: '这份文件无法显示，可能已损坏或设有密码',
      hint: '可另存后用其他程序打开',
    })
  }
}

async function fetchPdf(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const answer = await fetch(url, { signal })
  if (answer.ok) return answer.arrayBuffer()
  throw toBackendError(await answer.text())
}
