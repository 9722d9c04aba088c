import { z } from 'zod'

/** Where the engine's API is reached, and what said so. */
export const Endpoint = z.object({
  /** `DOCKER_HOST`, `context "desktop-linux"`, or the name of a usual socket. */
  origin: z.string(),
  /** As docker writes it: `unix:///var/run/docker.sock`, `tcp://10.0.0.5:2376`. */
  address: z.string(),
})
export type Endpoint = z.infer<typeof Endpoint>

/** The engine as `GET /version` and `GET /info` know it. */
export const Engine = z.object({
  endpoint: Endpoint,
  /** What it calls itself: `Docker Engine`, `Docker Engine - Community`, `Podman Engine`. */
  product: z.string(),
  /** Its machine's name, as it was when the engine started. */
  name: z.string(),
  version: z.string(),
  /** The version spoken on this connection, not the newest that the engine knows. */
  apiVersion: z.string(),
  operatingSystem: z.string(),
  kernelVersion: z.string(),
  architecture: z.string(),
  storageDriver: z.string(),
  cgroupVersion: z.enum(['1', '2']).nullable(),
  cgroupDriver: z.string(),
  /** As the engine lists them: `name=seccomp,profile=default`. */
  securityOptions: z.array(z.string()),
  /** The names that `--runtime` may have here, and what the engine starts for each: a path or a type of containerd's; empty where it does not tell. */
  runtimes: z.array(z.object({ name: z.string(), program: z.string() })).default([]),
  isRootless: z.boolean(),
  hasUserNamespaceRemap: z.boolean(),
})
export type Engine = z.infer<typeof Engine>

/** One of all endpoints that this computer knows of, and how it does. */
export const KnownEndpoint = z.object({
  /** Names it to the host that listed it. */
  id: z.string(),
  endpoint: Endpoint,
  /** What is asked now. */
  isCurrent: z.boolean(),
  isReachable: z.boolean(),
  /** In plain words: what answered, or why none did. */
  answer: z.string(),
  answeredMs: z.number().nullable(),
})
export type KnownEndpoint = z.infer<typeof KnownEndpoint>

/** One endpoint that was tried, and its answer in plain words. */
export const EndpointAttempt = z.object({
  endpoint: Endpoint,
  isReachable: z.boolean(),
  answer: z.string(),
})
export type EndpointAttempt = z.infer<typeof EndpointAttempt>

/** What was tried to reach an engine. `engine` is null when none answered; `startSteps` then tells how to start one here. */
export const EngineStatus = z.object({
  engine: Engine.nullable(),
  /** Why these were tried and no others, in a sentence: `DOCKER_HOST is set.` */
  why: z.string().default(''),
  /** Why the engine that the person chose last is not the one that is asked, in a sentence; null: it is, or none was chosen. */
  setAside: z.string().nullable().default(null),
  tried: z.array(EndpointAttempt),
  startSteps: z.array(z.object({ text: z.string(), command: z.string().nullable() })),
})
export type EngineStatus = z.infer<typeof EngineStatus>
