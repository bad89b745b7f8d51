// The one place where colours, sizes and fonts are decided. Components use the CSS variables below
// (var(--primary) …); Naive UI gets the same values as overrides. Contrast of every pair is at least
// 4.5:1; a light is always shape, text and colour.
import { darkTheme, type GlobalTheme, type GlobalThemeOverrides } from 'naive-ui'

export interface Tokens {
  page: string
  surface: string
  raised: string
  line: string
  /** The edge of what can be written into or ticked. */
  edge: string
  text: string
  secondary: string
  primary: string
  'primary-hover': string
  'primary-soft': string
  hover: string
  selected: string
  red: string
  'red-soft': string
  amber: string
  'amber-soft': string
  green: string
  'green-soft': string
  grey: string
  'grey-soft': string
  shadow: string
}

export const light: Tokens = {
  page: '#F3F5F8',
  surface: '#FFFFFF',
  raised: '#FFFFFF',
  line: '#DDE2E9',
  edge: '#A7B1BF',
  text: '#1F2733',
  secondary: '#5B6470',
  primary: '#1456B8',
  'primary-hover': '#0F479C',
  'primary-soft': '#E8F0FB',
  hover: '#F2F5F9',
  selected: '#E3EDFA',
  red: '#B42318',
  'red-soft': '#FEE4E2',
  amber: '#8A5A00',
  'amber-soft': '#FEF3C7',
  green: '#1B6E3C',
  'green-soft': '#DCFCE7',
  grey: '#515A66',
  'grey-soft': '#EBEEF2',
  shadow: '0 6px 20px rgb(16 32 64 / 16%)',
}

export const dark: Tokens = {
  page: '#111114',
  surface: '#18181C',
  raised: '#222227',
  line: '#34363D',
  edge: '#6A707C',
  text: '#E8EAED',
  secondary: '#A3ABB6',
  primary: '#6EA8FE',
  'primary-hover': '#8DBBFF',
  'primary-soft': '#1B2A42',
  hover: '#202026',
  selected: '#1F2F4A',
  red: '#FF9B93',
  'red-soft': '#3A1A18',
  amber: '#FFD27A',
  'amber-soft': '#33270B',
  green: '#8FE0AE',
  'green-soft': '#12301F',
  grey: '#B4BBC5',
  'grey-soft': '#2A2C33',
  shadow: '0 6px 20px rgb(0 0 0 / 55%)',
}

// Noto Sans SC at the end is our own, for machines without any Chinese font; see style.css.
export const fonts =
  '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei","Jiesu Noto Sans SC",sans-serif'
export const mono = 'ui-monospace,"Cascadia Mono","Consolas","DejaVu Sans Mono",monospace'

export type Density = 'compact' | 'normal' | 'loose'
export const rowHeights: Record<Density, number> = { compact: 30, normal: 36, loose: 44 }

export function overrides(t: Tokens, fontSize: number): GlobalThemeOverrides {
  return {
    common: {
      primaryColor: t.primary,
      primaryColorHover: t['primary-hover'],
      primaryColorPressed: t['primary-hover'],
      primaryColorSuppl: t.primary,
      infoColor: t.primary,
      errorColor: t.red,
      errorColorHover: t.red,
      errorColorPressed: t.red,
      warningColor: t.amber,
      successColor: t.green,
      bodyColor: t.page,
      cardColor: t.surface,
      modalColor: t.raised,
      popoverColor: t.raised,
      tableColor: t.surface,
      inputColor: t.surface,
      textColorBase: t.text,
      textColor1: t.text,
      textColor2: t.text,
      textColor3: t.secondary,
      placeholderColor: t.secondary,
      iconColor: t.secondary,
      borderColor: t.line,
      dividerColor: t.line,
      hoverColor: t.hover,
      borderRadius: '4px',
      borderRadiusSmall: '3px',
      fontFamily: fonts,
      fontFamilyMono: mono,
      fontSize: `${fontSize}px`,
      fontSizeSmall: `${fontSize - 1}px`,
      fontSizeMedium: `${fontSize}px`,
      fontSizeLarge: `${fontSize + 1}px`,
      heightSmall: '28px',
      heightMedium: '32px',
      heightLarge: '38px',
      lineHeight: '1.55',
      cubicBezierEaseInOut: 'cubic-bezier(.2,0,0,1)',
    },
    Input: { border: `1px solid ${t.edge}` },
    InternalSelection: { border: `1px solid ${t.edge}` },
    Radio: { boxShadow: `inset 0 0 0 1px ${t.edge}` },
    Checkbox: { border: `1px solid ${t.edge}` },
    Button: { fontWeight: '500' },
    Form: { labelTextColor: t.text, feedbackPadding: '2px 0 0 2px', blankHeightMedium: '32px' },
    Tooltip: { color: t.text, textColor: t.surface },
  }
}

/** Writes the tokens to the page and answers with what NConfigProvider needs. */
export function applyTheme(isDark: boolean, density: Density, fontSize: number) {
  const t = isDark ? dark : light
  const root = document.documentElement
  for (const [name, value] of Object.entries(t)) root.style.setProperty(`--${name}`, value)
  root.style.setProperty('--row', `${rowHeights[density]}px`)
  root.style.setProperty('--font-size', `${fontSize}px`)
  root.style.setProperty('--fonts', fonts)
  root.style.setProperty('--mono', mono)
  root.style.colorScheme = isDark ? 'dark' : 'light'
  root.dataset.theme = isDark ? 'dark' : 'light'
  const theme: GlobalTheme | null = isDark ? darkTheme : null
  return { theme, overrides: overrides(t, fontSize) }
}
