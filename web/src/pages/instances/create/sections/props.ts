import type { CreateForm } from '../form/state';
import type { FieldErrors } from '../form/validate';

/** Every section shows a part of the form, and the messages that belong to it. */
export interface SectionProps {
  readonly form: CreateForm;
  readonly errors: FieldErrors;
  readonly onChange: (changes: Partial<CreateForm>) => void;
}
