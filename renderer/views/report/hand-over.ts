/** How long the browser may take to begin reading what it was given. */
const READ_WITHIN_MS = 60_000

/** Gives a file to the browser as a download under its name. */
export function handOver({ fileName, mediaType, base64 }: { fileName: string, mediaType: string, base64: string }): void {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), READ_WITHIN_MS)
}
