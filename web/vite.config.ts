import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Each page is a folder with an index.html; they share nothing but the build.
const pages = ['chat', 'console'].map((name) => resolve(import.meta.dirname, name, 'index.html'))

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: false, // dist/index.html is committed; scripts/clean.mjs removes the rest
    // Phones open the chat inside other apps, whose browsers are years old.
    target: ['chrome87', 'safari14'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the content security policy has no room for inlined files
    rollupOptions: {
      input: pages.filter((page) => existsSync(page)),
      // What changes seldom has a file of its own, so that a new version of the console loads little.
      output: { codeSplitting: { groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next)[\\/]/ }] } },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: {
    include: ['chat/**/*.test.ts', 'console/**/*.test.{ts,tsx}'],
    environment: 'happy-dom',
  },
})
