ALTER TABLE webauthn ADD COLUMN made_in text NOT NULL DEFAULT '';
