import { z } from 'zod'

const Address = z.union([z.ipv4(), z.ipv6()])

export const isAddress = (text: string): boolean => Address.safeParse(text).success
