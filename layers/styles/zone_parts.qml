<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{00000000-0000-4000-8000-000000000000}">
      <rule key="{00000001-0000-4000-8000-000000000000}" filter="&quot;education_level&quot; = 'primary'" label="ประถม">
        <rule key="{00000002-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NOT NULL" symbol="0" label="มีโรงเรียนรับผิดชอบ"/>
        <rule key="{00000003-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NULL" symbol="1" label="นอกเขตบริการทุกโรงเรียน"/>
      </rule>
      <rule key="{00000004-0000-4000-8000-000000000000}" filter="&quot;education_level&quot; = 'pre_primary'" checkstate="0" label="ก่อนประถม">
        <rule key="{00000005-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NOT NULL" symbol="0" label="มีโรงเรียนรับผิดชอบ"/>
        <rule key="{00000006-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NULL" symbol="1" label="นอกเขตบริการทุกโรงเรียน"/>
      </rule>
      <rule key="{00000007-0000-4000-8000-000000000000}" filter="&quot;education_level&quot; = 'lower_secondary'" checkstate="0" label="ม.ต้น">
        <rule key="{00000008-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NOT NULL" symbol="0" label="มีโรงเรียนรับผิดชอบ"/>
        <rule key="{00000009-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NULL" symbol="1" label="นอกเขตบริการทุกโรงเรียน"/>
      </rule>
      <rule key="{0000000a-0000-4000-8000-000000000000}" filter="&quot;education_level&quot; = 'upper_secondary'" checkstate="0" label="ม.ปลาย">
        <rule key="{0000000b-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NOT NULL" symbol="0" label="มีโรงเรียนรับผิดชอบ"/>
        <rule key="{0000000c-0000-4000-8000-000000000000}" filter="&quot;smis_code&quot; IS NULL" symbol="1" label="นอกเขตบริการทุกโรงเรียน"/>
      </rule>
    </rules>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="255,255,255,0"/>
            <Option name="style" type="QString" value="no"/>
            <Option name="outline_color" type="QString" value="117,130,140,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="255,255,255,0"/>
          <prop k="style" v="no"/>
          <prop k="outline_color" v="117,130,140,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="141,153,163,255"/>
            <Option name="style" type="QString" value="f_diagonal"/>
            <Option name="outline_color" type="QString" value="117,130,140,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="141,153,163,255"/>
          <prop k="style" v="f_diagonal"/>
          <prop k="outline_color" v="117,130,140,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <blending>0</blending>
  <layerGeometryType>2</layerGeometryType>
</qgis>
