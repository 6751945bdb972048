import type { FieldClass } from '@/lib/journey/types'
import type { Preset } from '@/lib/pipeline/presets'
import { cellFor, OVERLAYS } from './overlays'
import { type Action, type Cell, type Limit, TABLE } from './policy-table'
import { ROLES, type Role, type Viewer } from './viewer'

export type { Action, Limit }

/** `limits` is empty where a right holds in full; with several, each is allowed by another role. */
export type Right = { readonly allowed: boolean; readonly limits: readonly Limit[] }

/** A value in full, a keyed hash of it, or neither name nor value. */
export type Form = 'value' | 'hash' | 'nothing'

/** Who may do what, under one preset. Whatever is not allowed by a cell of the table is denied. */
export type Policy = {
  rightTo(viewer: Viewer, action: Action): Right
  mayDo(viewer: Viewer, action: Action): boolean
  /** True only where the right holds without any limit. */
  mayInFull(viewer: Viewer, action: Action): boolean
  /** How a field of this class leaves for this viewer. */
  formFor(viewer: Viewer, fieldClass: FieldClass): Form
  /** Whether a field of this class leaves as it is. */
  maySee(viewer: Viewer, fieldClass: FieldClass): boolean
}

const DENIED: Right = { allowed: false, limits: [] }

/** The action whose right decides about a class; nobody sees what is for rules and matching only. */
const CLASS_ACTION: Record<FieldClass, Action | null> = {
  A: 'trace.attributes.a',
  B: 'trace.attributes.b',
  HC: 'customer.id.view',
  HS: 'staff.id.view',
  M: 'money.view',
  R: null,
}

/** The table with one preset laid over it. */
export function createPolicy({ preset }: { readonly preset: Preset }): Policy {
  return {
    rightTo,
    mayDo: (viewer, action) => rightTo(viewer, action).allowed,
    mayInFull,
    formFor,
    maySee: (viewer, fieldClass) => formFor(viewer, fieldClass) === 'value',
  }

  function rightTo(viewer: Viewer, action: Action): Right {
    if (!isSound(viewer, action)) return DENIED
    const cells = viewer.roles.map((role) => cellFor(preset, role, action))
    if (cells.includes('yes')) return { allowed: true, limits: [] }
    const limits = [...new Set(cells.filter(isLimit))]
    return limits.length > 0 ? { allowed: true, limits } : DENIED
  }

  function mayInFull(viewer: Viewer, action: Action): boolean {
    const { allowed, limits } = rightTo(viewer, action)
    return allowed && limits.length === 0
  }

  function formFor(viewer: Viewer, fieldClass: FieldClass): Form {
    const action = CLASS_ACTION[fieldClass]
    if (!action) return 'nothing'
    const { allowed, limits } = rightTo(viewer, action)
    if (!allowed) return 'nothing'
    return limits.includes('hash') ? 'hash' : 'value'
  }
}

/** The table alone, with nothing laid over it. */
export const TABLE_POLICY: Policy = createPolicy({ preset: 'custom' })

/**
 * Whether the question makes sense at all: an action that has a row, known roles, no partner among the staff,
 * no partner without a scope. Whatever does not is denied, and worth an alert.
 */
export function isSound({ roles, scope }: Viewer, action: Action): boolean {
  if (!Object.hasOwn(TABLE, action)) return false
  if (!roles.every((role) => ROLES.includes(role))) return false
  return !roles.includes('partner') || (roles.length === 1 && Boolean(scope.partner))
}

/** Whether somebody with these roles is let in at all under a preset. */
export function mayEnter(roles: readonly Role[], preset: Preset): boolean {
  if (roles.includes('partner') && roles.length > 1) return false
  return roles.some((role) => ROLES.includes(role) && !OVERLAYS[preset].notAdmitted.includes(role))
}

const isLimit = (cell: Cell): cell is Limit => cell !== 'yes' && cell !== 'no' && cell !== 'absent'
