import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { pdfjsFiles } from './vite-pdfjs.ts'

// One file for Vite and Vitest. The build targets are the oldest webviews the desk must run in
// (WebKitGTK of older UOS and Kylin, WebView2 110).
export default defineConfig({
  plugins: [vue(), pdfjsFiles()],
  base: './',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['safari16.4', 'chrome110'],
    chunkSizeWarningLimit: 1400,
    reportCompressedSize: false,
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    exclude: ['src/wailsjs/**'],
    restoreMocks: true,
    testTimeout: 15_000,
  },
})
