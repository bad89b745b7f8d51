// Puts what pdf.js reads at run time beside the built pages: character maps and standard fonts for
// foreign PDFs, decoders for scanned ones. The desk works without a network, so nothing may be fetched.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const root = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')))
const folders = { cmaps: /\.bcmap$/, standard_fonts: /\.(pfb|ttf)$/, wasm: /\.wasm$/ }

export function pdfjsFiles(): Plugin {
  return {
    name: 'pdfjs-files',
    generateBundle() {
      for (const [folder, wanted] of Object.entries(folders)) {
        for (const name of readdirSync(join(root, folder))) {
          if (!wanted.test(name) && !name.startsWith('LICENSE')) continue
          const source = readFileSync(join(root, folder, name))
          this.emitFile({ type: 'asset', fileName: `pdfjs/${folder}/${name}`, source })
        }
      }
    },
  }
}
