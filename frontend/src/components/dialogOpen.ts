// A dialog that is closing fades for a moment; its keys must be silent at once, or one Enter does a
// thing twice.
import { inject, provide, type InjectionKey } from 'vue'

const key: InjectionKey<() => boolean> = Symbol('dialog open')

export const provideDialogOpen = (open: () => boolean): void => provide(key, open)

/** True outside any dialog. */
export const useDialogOpen = (): (() => boolean) => inject(key, () => true)
