// What Isoscope is measured beside: one hardened window with a heading, and nothing else.
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 840, show: false, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } })
  window.once('ready-to-show', () => window.show())
  return window.loadFile(join(__dirname, 'index.html'))
})
app.on('window-all-closed', () => app.quit())
