import { Alert, Autocomplete, Button, Checkbox, Group, Radio, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Image, Snapshot } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { Section } from '../../../../ui/section';
import { TYPES } from '../form/source';
import type { InstanceType } from '../form/state';
import type { SectionProps } from './props';

const t = texts.create.image;
const s = texts.create.source;

export interface ImageSectionProps extends SectionProps {
  readonly images: readonly Image[];
  readonly image: Image | undefined;
  readonly snapshot: Snapshot | undefined;
}

/** What the instance is made from, and whether it is a virtual machine or a container. */
export function ImageSection(props: ImageSectionProps): ReactNode {
  const { form, errors, onChange, images, image, snapshot } = props;
  return (
    <Section title={t.title}>
      {form.sourceSnapshotId === null ? (
        <Stack gap="xs">
          <Autocomplete
            label={t.label}
            description={images.length === 0 ? t.noneText : t.otherImageText}
            placeholder={t.otherPlaceholder}
            data={images.map(({ id }) => id)}
            value={form.imageId}
            error={errors.get('imageId')}
            maxLength={255}
            onChange={(imageId) => onChange({ imageId })}
          />
          {image && <ImageFacts image={image} />}
        </Stack>
      ) : (
        <SnapshotSource {...props} />
      )}
      <Radio.Group
        label={t.type}
        value={form.type}
        error={errors.get('type')}
        onChange={(value) => onChange({ type: value === 'container' ? 'container' : 'vm' })}
      >
        <Group gap="lg" mt="xs">
          {TYPES.map((type) => (
            <TypeRadio key={type} type={type} off={offReason(type, image, snapshot)} />
          ))}
        </Group>
      </Radio.Group>
    </Section>
  );
}

function ImageFacts({ image }: { image: Image }): ReactNode {
  const { name, description, minimal, defaultUser, types } = image;
  const size = texts.create.size(minimal);
  return (
    <Text size="sm" className="user-text">
      {name}
      {description !== '' && ` · ${description}`}
      {` · ${size === '' ? t.noMinimum : t.minimum(minimal)}`}
      {defaultUser !== null && ` · ${t.user(defaultUser)}`}
      {types.length === 0 && ` · ${t.noType}`}
    </Text>
  );
}

function TypeRadio({ type, off }: { type: InstanceType; off: string | undefined }): ReactNode {
  return (
    <Radio
      value={type}
      label={texts.instances.type[type]}
      description={off ?? t.typeText[type]}
      disabled={off !== undefined}
    />
  );
}

function offReason(
  type: InstanceType,
  image: Image | undefined,
  snapshot: Snapshot | undefined,
): string | undefined {
  if (snapshot)
    return snapshot.type === type ? undefined : t.typeOfSnapshot(texts.instances.type[snapshot.type]);
  if (image && image.types.length > 0 && !image.types.includes(type))
    return t.typeOff(texts.instances.type[type]);
  return undefined;
}

function SnapshotSource({ form, errors, onChange, snapshot }: ImageSectionProps): ReactNode {
  return (
    <Stack gap="xs">
      <Text size="sm" className="user-text">
        <b>{s.label}:</b> {snapshot?.name ?? form.sourceSnapshotId}
        {snapshot && ` · ${s.ofFlavor(snapshot.flavor)}`}
        {snapshot?.includeMemory === true && ` · ${s.withMemory}`}
      </Text>
      {errors.has('source') && <Alert color="red">{errors.get('source')}</Alert>}
      {snapshot?.includeMemory === true && (
        <Checkbox
          label={s.resume}
          description={s.resumeText}
          checked={form.resume}
          error={errors.get('resume')}
          onChange={(event) => onChange({ resume: event.currentTarget.checked })}
        />
      )}
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => onChange({ sourceSnapshotId: null, resume: false })}
        >
          {s.instead}
        </Button>
      </Group>
    </Stack>
  );
}
