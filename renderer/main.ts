import { config } from 'zod'
import { takeFragment } from './client/fragment'
import { untilLoaded } from './until-loaded'
import './styles/tokens.css'
import './styles/base.css'

// Before the router, the history or anything else can see the token.
const fragment = takeFragment(location, history)
// ECharts assigns '' to innerHTML when it starts; every other string is still refused.
window.trustedTypes?.createPolicy('default', { createHTML: text => (text === '' ? text : null) })
// zod otherwise asks with `new Function` whether it may compile, which the page's policy refuses and reports.
config({ jitless: true })

const { start } = await untilLoaded(() => import('./start'))
start(fragment)
