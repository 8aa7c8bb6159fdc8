import { Grid, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { capacityQuery, flavorsQuery, imagesQuery, quotaQuery } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { PageHeader } from '../../../ui/page-header';
import { ProblemAlert } from '../../../ui/problem-alert';
import { CopyPanel } from './copy-panel';
import { withSource } from './form/source';
import { initialForm, type CreateForm } from './form/state';
import { invalidFields, type FieldErrors } from './form/validate';
import { sourceSnapshotQuery } from './queries';
import { AccessSection } from './sections/access-section';
import { AdvancedSection } from './sections/advanced-section';
import { FlavorSection } from './sections/flavor-section';
import { ImageSection } from './sections/image-section';
import { NameSection } from './sections/name-section';
import { ResourcesSection } from './sections/resources-section';
import { SummaryPanel } from './summary-panel';
import { useCreate } from './use-create';
import { useRequestCheck } from './use-request-check';

const t = texts.create;
const route = getRouteApi('/shell/instances/new');

/** One form with everything; the service checks it while it is filled in. */
export function CreatePage(): ReactNode {
  const compute = useCompute();
  const navigate = useNavigate();
  const search = route.useSearch();
  const [entered, setEntered] = useState<CreateForm>(() => initialForm(search));
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const images = useQuery(imagesQuery(compute));
  const flavors = useQuery(flavorsQuery(compute));
  const capacity = useQuery(capacityQuery(compute));
  const quota = useQuery(quotaQuery(compute));
  const snapshot = useQuery(sourceSnapshotQuery(compute, entered.sourceSnapshotId)).data;
  const image =
    entered.sourceSnapshotId === null ? images.data?.find(({ id }) => id === entered.imageId) : undefined;
  const form = withSource(entered, { image, snapshot });
  const check = useRequestCheck(form);
  const create = useCreate({
    onCreated: (ids) => {
      const [id] = ids;
      if (id !== undefined && ids.length === 1)
        void navigate({ to: '/instances/$id', params: { id }, search: {} });
      else {
        notifications.show({ message: t.summary.created(ids.length) });
        void navigate({ to: '/instances', search: {} });
      }
    },
  });

  const missing = invalidFields(form);
  const errors: FieldErrors = new Map([
    ...(wasSubmitted ? missing : []),
    ...check.errors,
    ...(create.failedForm === form ? create.errors : []),
  ]);
  const change = (changes: Partial<CreateForm>): void => setEntered({ ...form, ...changes });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setWasSubmitted(true);
    if (missing.size === 0) create.submit(form);
    else focusFirstError(element.current);
  };
  const section = { form, errors, onChange: change };

  return (
    <form ref={element} onSubmit={submit} noValidate>
      <PageHeader title={t.title} />
      {flavors.error && <ProblemAlert error={flavors.error} retry={() => void flavors.refetch()} />}
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack>
            <NameSection {...section} />
            <ImageSection {...section} images={images.data ?? []} image={image} snapshot={snapshot} />
            <FlavorSection
              {...section}
              flavors={flavors.data}
              capacity={capacity.data}
              quota={quota.data}
              source={{ image, snapshot }}
            />
            <AccessSection {...section} image={image} />
            <ResourcesSection {...section} />
            <AdvancedSection {...section} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <SummaryPanel
              form={form}
              check={check}
              failure={create.failure}
              hasErrors={wasSubmitted && missing.size > 0}
              isBusy={create.isBusy}
            />
            <CopyPanel form={form} />
          </Stack>
        </Grid.Col>
      </Grid>
    </form>
  );
}

/** After the messages are shown. */
function focusFirstError(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const first = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error] input');
    first?.focus();
  });
}
