import { type ThemeConfig, theme } from 'antd'
import { useEffect, useSyncExternalStore } from 'react'

/** Colours that stand out enough to be read (WCAG AA), where those of antd do not. */
export function themeOf(dark: boolean): ThemeConfig {
  if (dark) {
    return {
      algorithm: theme.darkAlgorithm,
      token: { colorPrimary: '#3c89e8', colorTextPlaceholder: '#9aa4b2', colorTextDescription: '#b4bdc9', colorBgContainer: '#1b1f25', colorError: '#ff8f80', colorLink: '#7ab3f5' },
      components: { Button: { primaryColor: '#fff', dangerColor: '#1c0705' }, Tabs: { itemSelectedColor: '#7ab3f5', itemHoverColor: '#9cc6f8', inkBarColor: '#7ab3f5' } },
    }
  }
  return {
    token: {
      colorPrimary: '#1554ad', colorLink: '#1554ad', colorInfo: '#1554ad', colorError: '#c0392b', colorSuccess: '#2b7a0b', colorWarning: '#9a6700', colorWarningBg: '#fff7e0', colorWarningBorder: '#e8cf8f',
      colorTextPlaceholder: '#69727d', colorTextDescription: '#59636e', colorTextDisabled: '#6b7480',
    },
  }
}

/** Whether the person's system asks for dark pages. */
export function useDark(): boolean {
  const dark = useMedia('(prefers-color-scheme: dark)')
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
  }, [dark])
  return dark
}

/** Whether the window is too narrow for two panes side by side. */
export const useNarrow = () => useMedia('(max-width: 900px)')

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
