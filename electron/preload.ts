import { contextBridge, ipcRenderer } from 'electron'
import { CHANNEL } from './channel'

// The pipe between the page and its host. It carries frames and never learns a feature: what may be asked is the contract's.
contextBridge.exposeInMainWorld('isoscope', Object.freeze({
  send: (frame: unknown): void => ipcRenderer.send(CHANNEL, JSON.stringify(frame)),
  onFrame: (listener: (frame: unknown) => void): void => {
    ipcRenderer.on(CHANNEL, (_event, frame: unknown) => listener(frame))
  },
}))
