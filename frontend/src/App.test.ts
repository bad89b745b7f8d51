import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import App from './App.vue'

test('the window names the program', () => {
  expect(mount(App).text()).toContain('接诉')
})
