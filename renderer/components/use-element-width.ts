import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

/** The width of an element in CSS pixels, as it is now; Infinity until it is drawn. */
export function useElementWidth(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const width = ref(Infinity)
  const observer = new ResizeObserver(([entry]) => {
    if (entry && entry.contentRect.width > 0)
      width.value = entry.contentRect.width
  })
  onMounted(() => {
    if (element.value)
      observer.observe(element.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  return width
}
