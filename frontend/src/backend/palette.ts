import * as go from '../wailsjs/go/app/Palette'
import { call } from './call'
import type { Found } from './shapes'

export const find = (query: string): Promise<Found[]> => call(() => go.Find(query))
