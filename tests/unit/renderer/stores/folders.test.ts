import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useConnection } from '../../../../renderer/stores/connection'
import { useFolders } from '../../../../renderer/stores/folders'
import { useSnapshot } from '../../../../renderer/stores/snapshot'

/** Over the saved-file client, which holds the names in `/` and refuses every folder below. */
beforeEach(async () => {
  sessionStorage.clear()
  setActivePinia(createPinia())
  await useConnection().openSample()
})

const containerId = (): string => useConnection().recording?.snapshot.container.id ?? ''

it('holds a folder\'s names once it was opened', async () => {
  const folders = useFolders()
  await folders.open(containerId(), [])
  expect(folders.folders.get('')).toEqual({ status: 'listed', listing: { path: '/', entries: useConnection().recording?.snapshot.files.rootInside, omittedCount: 0 } })
  expect([...folders.openKeys]).toEqual([''])
})

it('keeps a folder\'s problem where the folder is, and its neighbours as they are', async () => {
  const folders = useFolders()
  await folders.open(containerId(), [])
  await folders.open(containerId(), ['root'])
  expect(folders.folders.get('root')).toMatchObject({ status: 'failed', problem: { code: 'FOLDER_NOT_RECORDED' } })
  expect(folders.folders.get('')).toMatchObject({ status: 'listed' })
})

it('closes a folder and keeps what was read of it', async () => {
  const folders = useFolders()
  await folders.open(containerId(), [])
  folders.close([])
  expect([...folders.openKeys]).toEqual([])
  expect(folders.folders.get('')).toMatchObject({ status: 'listed' })
})

it('forgets all folders when another reading is shown', async () => {
  const folders = useFolders()
  await folders.open(containerId(), [])
  await useSnapshot().open(containerId())
  expect(folders.folders.size).toBe(0)
})
