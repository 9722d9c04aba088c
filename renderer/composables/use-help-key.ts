import { onBeforeUnmount, onMounted } from 'vue'

/** `?` outside of a field, and F1 anywhere, which would otherwise open the browser's own help. */
export function useHelpKey(openHelp: () => void): void {
  function onKey(event: KeyboardEvent): void {
    const { target } = event
    const isText = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type))
    if (event.key !== 'F1' && (event.key !== '?' || isText))
      return
    event.preventDefault()
    openHelp()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
