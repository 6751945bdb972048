import { X } from 'lucide-react'
import { Button } from './button'
import { classNames } from './class-names'

type Props = {
  /** What is closed, for whoever does not see the cross. */
  readonly label: string
  readonly onClose: () => void
  readonly className?: string
}

/** The cross in the corner of what was opened. */
export function CloseButton({ label, onClose, className }: Props) {
  return (
    <Button
      onClick={onClose}
      aria-label={label}
      className={classNames('border-transparent px-2', className)}
    >
      <X aria-hidden="true" className="size-4" />
    </Button>
  )
}
