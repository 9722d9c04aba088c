import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { FolderListing } from '../../shared/model/files'
import type { Problem } from '../../shared/model/problem'
import { toProblem, useConnection } from './connection'
import { useSnapshot } from './snapshot'

/** What is known of one folder that was opened. */
export type FolderState =
  | { status: 'listing' }
  | { status: 'listed', listing: FolderListing }
  | { status: 'failed', problem: Problem }

/** A folder's place in the maps below; no name holds a slash, so two folders never share one. `/` is the empty text. */
export const folderKey = (names: readonly string[]): string => names.join('/')

/** The folders of the container on the page that were opened, read from the container as it is when they are opened. */
export const useFolders = defineStore('folders', () => {
  const connection = useConnection()
  const folders = shallowRef<ReadonlyMap<string, FolderState>>(new Map())
  const openKeys = shallowRef<ReadonlySet<string>>(new Set())
  let stop = new AbortController()

  function remember(key: string, state: FolderState): void {
    folders.value = new Map(folders.value).set(key, state)
  }

  /** Lists a folder, again if it was listed before; its failure stays where the folder is. */
  async function list(containerId: string, names: readonly string[]): Promise<void> {
    const { client } = connection
    const key = folderKey(names)
    if (!client || folders.value.get(key)?.status === 'listing')
      return
    const { signal } = stop
    remember(key, { status: 'listing' })
    try {
      const listing = await client.call('files.list', { containerId, names: [...names] }, { signal })
      remember(key, { status: 'listed', listing: Object.freeze(listing) })
    }
    catch (error) {
      if (!signal.aborted)
        remember(key, { status: 'failed', problem: toProblem(error) })
    }
  }

  async function open(containerId: string, names: readonly string[]): Promise<void> {
    openKeys.value = new Set(openKeys.value).add(folderKey(names))
    if (folders.value.get(folderKey(names))?.status !== 'listed')
      await list(containerId, names)
  }

  function close(names: readonly string[]): void {
    openKeys.value = new Set([...openKeys.value].filter(key => key !== folderKey(names)))
  }

  function forget(): void {
    stop.abort()
    stop = new AbortController()
    folders.value = new Map()
    openKeys.value = new Set()
  }
  watch(() => [useSnapshot().snapshot, connection.client], forget)

  return { folders, openKeys, list, open, close }
})
