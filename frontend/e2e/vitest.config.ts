import { defineConfig } from 'vitest/config'

// Two cores: one program and one browser at a time.
export default defineConfig({
  test: {
    dir: 'e2e',
    include: ['**/*.spec.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    bail: 0,
  },
})
