import { contract, type IsoscopeContract } from '../../../shared/contract/contract'
import type { Handlers } from '../../../shared/contract/define'
import { serve } from '../../../shared/contract/serve'

/** Puts the desktop's bridge into the window, with these handlers at its other end; frames go the way the preload carries them. */
export function openPipe(handlers: Handlers<IsoscopeContract>): void {
  const toPage: ((text: string) => void)[] = []
  const toHost: ((frame: unknown) => void)[] = []
  Reflect.set(window, 'isoscope', {
    send: (frame: unknown) => queueMicrotask(() => toHost.forEach(listener => listener(frame))),
    onFrame: (listener: (text: string) => void) => toPage.push(listener),
  })
  serve(contract, handlers, {
    send: reply => queueMicrotask(() => toPage.forEach(listener => listener(JSON.stringify(reply)))),
    onFrame: listener => toHost.push(listener),
    onClose: () => {},
  }, { onError: (error) => { throw error }, allowsActions: true })
}
