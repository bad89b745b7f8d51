// Dialogs wait for a person, so they have no time limit worth the name.
import * as go from '../wailsjs/go/app/Files'
import { call } from './call'

const aDay = 86_400_000

/** Empty when the officer changed his mind; so are the next two. */
export const pickFolder = (heading: string): Promise<string> => call(() => go.PickFolder(heading), aDay)
/** patterns like "*.eml;*.pdf", empty: all files. */
export const pickFiles = (heading: string, patterns = ''): Promise<string[]> =>
  call(() => go.PickFiles(heading, patterns), aDay)
export const pickSave = (heading: string, name: string): Promise<string> =>
  call(() => go.PickSave(heading, name), aDay)
export const openAttachment = (number: string, id: string): Promise<void> =>
  call(() => go.OpenAttachment(number, id))
export const saveAttachment = (number: string, id: string, path: string): Promise<void> =>
  call(() => go.SaveAttachment(number, id, path))
export const openMessageFile = (id: string, index: number): Promise<void> =>
  call(() => go.OpenMessageFile(id, index))
/** index -1: the original message. */
export const saveMessageFile = (id: string, index: number, path: string): Promise<void> =>
  call(() => go.SaveMessageFile(id, index, path))
