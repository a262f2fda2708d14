-- Decided comes after what was asked and answered, and before done.
CREATE OR REPLACE VIEW entscheidungsstand WITH (security_barrier) AS
    SELECT a.mandant_id, a.id AS antrag_id, 6 AS platz, 'entschieden_' || b.kanal AS art, b.gesendet AS zeit, '' AS stelle FROM antrag a
      JOIN bescheid b ON b.mandant_id = a.mandant_id AND b.antrag_id = a.id
     WHERE b.stand = 'abgesendet';
