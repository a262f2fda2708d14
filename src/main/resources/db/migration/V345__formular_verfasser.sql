-- All who wrote in a draft, not only the last: none of them releases it. What there is already is known by verfasst_von.
ALTER TABLE formularfassung ADD COLUMN verfasser uuid[] NOT NULL DEFAULT '{}';
